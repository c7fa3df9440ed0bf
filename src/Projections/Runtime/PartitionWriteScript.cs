namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The Lua script that writes a batch to one partition in Redis and moves the partition's checkpoints with it: one for each read model.
/// </summary>
internal static class PartitionWriteScript
{
    /// <remarks>
    /// KEYS, for each read model: its checkpoint, then a key for each write. ARGV, for each read model: after, up to and the number of
    /// writes, then kind, sequence, value, member (or expiry) for each write. Kinds: <c>s</c> set, <c>a</c> add to a sorted set,
    /// <c>c</c> count in a sorted set, anything else delete. Returns, for each read model, -1 when the partition lost earlier data, 0
    /// when it has the batch already, else the indexes of the keys that hold a value of another type. Such a key does not stop the
    /// others. Any other failure, such as a full server, ends the script before a checkpoint moves.
    /// </remarks>
    public const string Lua =
        """
        local function flush(command, list)
          for first = 1, #list, 1000 do
            redis.call(command, unpack(list, first, math.min(first + 999, #list)))
          end
        end
        local function apply(k, a, writes)
          local checkpoint = redis.call('GET', KEYS[k])
          if not checkpoint then
            if ARGV[a] ~= '0' then return -1 end
            checkpoint = '0'
            redis.call('SET', KEYS[k], checkpoint)
          end
          -- The usual case: all writes are new.
          local inOrder = checkpoint == ARGV[a]
          checkpoint = tonumber(checkpoint)
          if not inOrder and checkpoint < tonumber(ARGV[a]) then return -1 end
          if checkpoint >= tonumber(ARGV[a + 1]) then return 0 end
          local isolated, sets, deletes = {}, {}, {}
          local function try(i, result)
            if type(result) == 'table' and result.err then
              if string.sub(result.err, 1, 9) ~= 'WRONGTYPE' then error(result.err) end
              isolated[#isolated + 1] = i
              return false
            end
            return result
          end
          local w = a + 3
          for i = 1, writes do
            if inOrder or tonumber(ARGV[w + 1]) > checkpoint then
              local kind, key = ARGV[w], KEYS[k + i]
              if kind == 's' then
                if ARGV[w + 3] == '' then
                  sets[#sets + 1] = key
                  sets[#sets + 1] = ARGV[w + 2]
                else
                  redis.call('SET', key, ARGV[w + 2], 'PXAT', ARGV[w + 3])
                end
              elseif kind == 'a' then
                if try(i, redis.pcall('ZADD', key, ARGV[w + 1], ARGV[w + 3])) and ARGV[w + 2] ~= '' then
                  -- The key expires with its last member. PEXPIRETIME of a key without expiry is -1.
                  if redis.call('PEXPIRETIME', key) < tonumber(ARGV[w + 2]) then
                    redis.call('PEXPIREAT', key, ARGV[w + 2])
                  end
                end
              elseif kind == 'c' then
                local score = try(i, redis.pcall('ZINCRBY', key, ARGV[w + 2], ARGV[w + 3]))
                if score and tonumber(score) <= 0 then
                  redis.call('ZREM', key, ARGV[w + 3])
                end
              else
                deletes[#deletes + 1] = key
              end
            end
            w = w + 4
          end
          flush('MSET', sets)
          flush('UNLINK', deletes)
          redis.call('SET', KEYS[k], ARGV[a + 1])
          return isolated
        end
        local results, k, a = {}, 1, 1
        while a <= #ARGV do
          local writes = tonumber(ARGV[a + 2])
          results[#results + 1] = apply(k, a, writes)
          k = k + 1 + writes
          a = a + 3 + 4 * writes
        end
        return results
        """;
}
