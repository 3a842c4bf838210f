-- KEYS number: higher than all before, also over a ledger that came back empty    ARGV milliseconds to keep it, 0 for ever
local n = math.max(tonumber(redis.call('GET', KEYS[1]) or 0) + 1, millis())
if ARGV[1] == '0' then redis.call('SET', KEYS[1], whole(n)) else redis.call('SET', KEYS[1], whole(n), 'PX', ARGV[1]) end
return n
