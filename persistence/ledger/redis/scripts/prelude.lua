-- Before every script of this folder. Numbers that leave a script as text go through `whole`: Lua would round or write 1e+15.
local function whole(n) return string.format('%.0f', n) end

-- This server's own clock, milliseconds.
local function millis()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

-- Milliseconds to hand out: kept, so that no later one is lower, whatever the wall clock does.
local function tick(clock)
  local now = math.max(millis(), tonumber(redis.call('GET', clock) or 0))
  redis.call('SET', clock, whole(now))
  return now
end

-- An append is allowed so long after its key was entered as dirty; the entry is kept for longer than that.
local TOUCH_HOLDS = 45000

local function put(tail, epoch, from)
  for first = from, #ARGV, 1000 do
    local events = {}
    for i = first, math.min(first + 999, #ARGV) do events[#events + 1] = epoch .. ' ' .. ARGV[i] end
    redis.call('RPUSH', tail, unpack(events))
  end
end

-- The tail is cut only below the newest snapshot, below the confirmed mark, and beyond the newest 1,000 events.
local function cut(rec, tail, kind, head, confirmed, snap, done)
  local to = math.min(kind == 'place' and snap or head, confirmed, head - 1000)
  if to <= done then return end
  redis.call('LTRIM', tail, to - done, -1)
  redis.call('HSET', rec, 'cut', whole(to))
end

-- A server that lost its data or was started again is a new generation (DESIGN 5.6): its number and its state,
-- 'owners' (only who runs a place puts it back), 'archive' (the read models have to catch up first) or 'open'.
local function generation(key, now, wait, alone)
  local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
  local kept = redis.call('HMGET', key, 'id', 'run', 'since', 'open')
  local id, since = tonumber(kept[1]), tonumber(kept[3])
  if kept[2] ~= run then
    id, since = math.max((id or 0) + 1, now), now
    redis.call('HSET', key, 'id', whole(id), 'run', run, 'since', whole(since))
    redis.call('HDEL', key, 'open')
    kept[4] = false
  end
  local state = 'open'
  if now < since + wait then state = 'owners'
  elseif not kept[4] and alone ~= '1' then state = 'archive' end
  return id, since, state
end
