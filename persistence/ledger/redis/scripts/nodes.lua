-- KEYS clock, beats: what time it is, and who beat when. Writes nothing: it is asked at every look at somebody's presence.
local now = math.max(millis(), tonumber(redis.call('GET', KEYS[1]) or 0))
return {now, redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')}
