-- The first half of a claim, where the nodes are: is the claimer alive, may places be claimed now, and the entry in the
-- list of what the node holds, written before it holds it.
-- KEYS clock, generation, beats, dead, held (of the node), stamps    ARGV node, place, wait, alone, 'claim' or 'put back'
local now = tick(KEYS[1])
if redis.call('ZSCORE', KEYS[4], ARGV[1]) then return {'dead'} end
local _, since, state = generation(KEYS[2], now, tonumber(ARGV[3]), ARGV[4])
if state ~= 'open' and ARGV[5] == 'claim' then return {'restoring', state} end
if not redis.call('ZSCORE', KEYS[3], ARGV[1]) then redis.call('ZADD', KEYS[3], whole(now), ARGV[1]) end
local stamp = redis.call('INCR', KEYS[6])
redis.call('ZADD', KEYS[5], stamp, ARGV[2])
local raw = millis()
return {'ok', now, raw, stamp, state == 'owners' and raw + (since + tonumber(ARGV[3]) - now) or 0}
