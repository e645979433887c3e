"""Why money is not where it was planned: variance, the way from plan to forecast, and its explanations."""
