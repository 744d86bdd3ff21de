"""Huiqi (惠企): exact answers from business support policies, each with its reason."""

__version__ = "0.1.0"

__all__ = ["__version__"]
