"""The list of holders, by consent."""
