namespace TreasureHunt.Projections.Runtime;

/// <summary>
/// The Lua script that writes a batch to one partition in Redis and moves the partition's checkpoints with it: one for each read model.
/// </summary>
internal static class PartitionWriteScript
{
    /// <remarks>
    /// KEYS, for each read model: its checkpoint, then the keys of each run. ARGV, for each read model: after, up to, the number of its
    /// keys without the checkpoint, the number of arguments of its runs, then the runs. A run is a kind, the number of its writes, an
    /// expiry or an empty string, then its writes. Kinds: <c>s</c> sets keys (a value for each key), <c>a</c> adds to sorted sets (a
    /// sequence and a member for each key), <c>c</c> counts in the one sorted set of its run (a sequence, a change and a member for each
    /// write), anything else deletes keys. Only counts must not be repeated: other writes of a batch that the partition has in part leave
    /// what is there. Returns, for each read model, -1 when the partition lost earlier data, 0 when it has the batch already, else the
    /// indexes of the keys that hold a value of another type. Such a key does not stop the others. Any other failure, such as a full
    /// server, ends the script before a checkpoint moves.
    /// </remarks>
    public const string Lua =
        """
        local function flush(command, list)
          for first = 1, #list, 1000 do
            redis.call(command, unpack(list, first, math.min(first + 999, #list)))
          end
        end
        local function apply(k, a, runsEnd)
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
          local key, w = k + 1, a + 4
          local function try(result)
            if type(result) == 'table' and result.err then
              -- The table keeps the code of the error, such as OOM.
              if string.sub(result.err, 1, 9) ~= 'WRONGTYPE' then error(result) end
              isolated[#isolated + 1] = key - k
              return false
            end
            return result
          end
          while w < runsEnd do
            local kind, writes, expiry = ARGV[w], tonumber(ARGV[w + 1]), ARGV[w + 2]
            w = w + 3
            if kind == 's' then
              for i = 0, writes - 1 do
                if expiry == '' then
                  sets[#sets + 1] = KEYS[key + i]
                  sets[#sets + 1] = ARGV[w + i]
                else
                  redis.call('SET', KEYS[key + i], ARGV[w + i], 'PXAT', expiry)
                end
              end
              key, w = key + writes, w + writes
            elseif kind == 'a' then
              local expiresAt = tonumber(expiry)
              for _ = 1, writes do
                -- The key expires with its last member. PEXPIRETIME of a key without expiry is -1.
                if try(redis.pcall('ZADD', KEYS[key], ARGV[w], ARGV[w + 1])) and expiresAt
                  and redis.call('PEXPIRETIME', KEYS[key]) < expiresAt then
                  redis.call('PEXPIREAT', KEYS[key], expiry)
                end
                key, w = key + 1, w + 2
              end
            elseif kind == 'c' then
              local isWritable = true
              for i = 0, writes - 1 do
                local at = w + 3 * i
                if isWritable and (inOrder or tonumber(ARGV[at]) > checkpoint) then
                  local score = try(redis.pcall('ZINCRBY', KEYS[key], ARGV[at + 1], ARGV[at + 2]))
                  isWritable = score
                  if score and tonumber(score) <= 0 then
                    redis.call('ZREM', KEYS[key], ARGV[at + 2])
                  end
                end
              end
              w = w + 3 * writes
              key = key + 1
            else
              for i = 0, writes - 1 do deletes[#deletes + 1] = KEYS[key + i] end
              key = key + writes
            end
          end
          flush('MSET', sets)
          flush('UNLINK', deletes)
          redis.call('SET', KEYS[k], ARGV[a + 1])
          return isolated
        end
        local results, k, a = {}, 1, 1
        while a <= #ARGV do
          local runsEnd = a + 4 + tonumber(ARGV[a + 3])
          results[#results + 1] = apply(k, a, runsEnd)
          k = k + 1 + tonumber(ARGV[a + 2])
          a = runsEnd
        end
        return results
        """;
}
