-- ARGV: most tries, milliseconds of their span. Answers 0, or the milliseconds until it ends.
if not count then
  redis.call('SET', key, 1, 'PX', ARGV[2])
  return 0
end
if count >= tonumber(ARGV[1]) then return math.max(1, redis.call('PTTL', key)) end
redis.call('INCR', key)
return 0
