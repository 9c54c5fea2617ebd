-- When the screen of a phone went dark. Those facts have no channel, and are read by their times.

CREATE INDEX screen_off ON imported_fact(format, start) WHERE channel = '';
