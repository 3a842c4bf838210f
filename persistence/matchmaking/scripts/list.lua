-- KEYS record (of the ledger), listing    ARGV epoch or '', process, listing as JSON, 'new' or 'known'
if not owns(KEYS[1], ARGV[1]) then return 0 end
local by = holder(KEYS[2], ARGV[1], ARGV[2])
-- An owner replaces what an earlier owner left; a room without a claim replaces nothing of others.
if by == 'theirs' and ARGV[1] == '' then return 0 end
if by == 'none' and ARGV[4] == 'known' then return 0 end
redis.call('HSET', KEYS[2], 'epoch', ARGV[1], 'process', ARGV[2], 'room', ARGV[3])
return 1
