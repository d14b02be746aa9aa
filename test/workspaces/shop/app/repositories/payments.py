"""The repository of payments."""

from app.models import Payment
from app.repositories.base import Repository


class PaymentRepository(Repository[Payment]):
    """Money that came in."""

    model = Payment
