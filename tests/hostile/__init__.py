"""What somebody who means ill would send."""
