"""Invented small firms, drawn from stated distributions, in the form of fact files."""

from huiqi.firms.generate import FactFile, Stated, generate_firms
from huiqi.firms.trades import COUNTIES, TRADES, Trade

__all__ = ["COUNTIES", "TRADES", "FactFile", "Stated", "Trade", "generate_firms"]
