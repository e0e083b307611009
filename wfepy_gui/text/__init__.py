"""Words on screen: translation, times and lengths, hidden secrets."""
