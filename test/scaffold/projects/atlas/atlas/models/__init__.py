from .base import *
from .city import *
from .country import *
