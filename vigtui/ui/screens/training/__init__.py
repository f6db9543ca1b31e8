"""Supervision and training: everybody in training, one person's way, and their portfolio."""

from vigtui.ui.screens.training.piece import PieceScreen
from vigtui.ui.screens.training.portfolio import PortfolioScreen
from vigtui.ui.screens.training.trainees import TraineesScreen
from vigtui.ui.screens.training.way import WayScreen

__all__ = ["PieceScreen", "PortfolioScreen", "TraineesScreen", "WayScreen"]
