-- What a person did last on one channel. Without it a million imported sessions are searched for the few recorded by
-- hand, 0.4 s a channel.

CREATE INDEX session_by_hand_on_channel ON session(channel, start) WHERE source IN ('timer', 'log') AND "end" IS NOT NULL;
