from .account import Account
from .ledger import Ledger

__all__ = [
    'Account',
    'Ledger',
]
