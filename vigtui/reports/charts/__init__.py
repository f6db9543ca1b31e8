"""What is drawn on paper: the chart as data, as SVG, and in characters."""
