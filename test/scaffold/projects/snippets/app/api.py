"""What routes have in common."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Session

router = APIRouter()
DatabaseSession = Annotated[AsyncSession, Depends(Session)]


class CustomerRead(BaseModel):
    """A customer as the API shows one."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
