"""What the errors of the shop and of SQLAlchemy become over HTTP."""

from fastapi import FastAPI, Request, status
from fastapi.responses import JSONResponse
from sqlalchemy.exc import IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm.exc import StaleDataError

from app.errors import NotFoundError, OutOfStockError, WrongStatusError

RETRY_AFTER_SECONDS = "5"


def add_error_handlers(app: FastAPI) -> None:
    """Give each error its status."""
    app.add_exception_handler(NotFoundError, _not_found)
    app.add_exception_handler(OutOfStockError, _conflict)
    app.add_exception_handler(WrongStatusError, _conflict)
    app.add_exception_handler(IntegrityError, _taken)
    app.add_exception_handler(StaleDataError, _changed)
    app.add_exception_handler(PoolTimeoutError, _busy)


async def _not_found(_request: Request, error: Exception) -> JSONResponse:
    return _answer(status.HTTP_404_NOT_FOUND, str(error))


async def _conflict(_request: Request, error: Exception) -> JSONResponse:
    return _answer(status.HTTP_409_CONFLICT, str(error))


async def _taken(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(status.HTTP_409_CONFLICT, "This contradicts what is stored already.")


async def _changed(_request: Request, _error: Exception) -> JSONResponse:
    return _answer(status.HTTP_409_CONFLICT, "Somebody else changed this. Read it again.")


async def _busy(_request: Request, _error: Exception) -> JSONResponse:
    response = _answer(status.HTTP_503_SERVICE_UNAVAILABLE, "The shop is busy. Try again.")
    response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def _answer(status_code: int, detail: str) -> JSONResponse:
    return JSONResponse({"detail": detail}, status_code=status_code)
