-- KEYS held (of the node)    ARGV place, stamp: a later claim of the same place by the same node has put a newer stamp
if tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or -1) == tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end
return 1
