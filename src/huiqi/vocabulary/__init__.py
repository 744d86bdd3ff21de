"""What can be known of an enterprise: units, dates, codes and declared facts."""
