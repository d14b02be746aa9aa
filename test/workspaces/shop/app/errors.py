"""What can go wrong in the shop's own terms; the API turns each into an HTTP status."""


class ShopError(Exception):
    """The base of all errors that a caller is meant to handle."""


class NotFoundError(ShopError):
    """There is no such row, or it has been deleted."""

    def __init__(self, kind: str, key: object) -> None:
        super().__init__(f"There is no {kind} {key}.")


class OutOfStockError(ShopError):
    """Fewer pieces are left than were ordered."""

    def __init__(self, sku: str, left: int) -> None:
        super().__init__(f"Only {left} of {sku} left.")


class WrongStatusError(ShopError):
    """The order's status does not allow this step."""

    def __init__(self, step: str, status: str) -> None:
        super().__init__(f"Cannot {step} an order that is {status}.")
