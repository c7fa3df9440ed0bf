namespace TreasureHunt.Projections.Runtime;

/// <summary>The Lua script that writes a batch to one partition in Redis and moves the partition's checkpoint with it.</summary>
internal static class PartitionWriteScript
{
    /// <remarks>
    /// KEYS: the checkpoint, then a key for each write. ARGV: after, up to, then kind, sequence, value, member (or expiry) for each
    /// write. Kinds: <c>s</c> set, <c>a</c> add to a sorted set, <c>c</c> count in a sorted set, anything else delete.
    /// Returns -1 when the partition lost earlier data, 0 when it has the batch already, else the indexes of the keys that hold a
    /// value of another type. Such a key does not stop the others. Any other failure, such as a full server, ends the script before
    /// the checkpoint moves.
    /// </remarks>
    public const string Lua =
        """
        local checkpoint = redis.call('GET', KEYS[1])
        if not checkpoint then
          if ARGV[1] ~= '0' then return -1 end
          checkpoint = '0'
          redis.call('SET', KEYS[1], checkpoint)
        end
        checkpoint = tonumber(checkpoint)
        if checkpoint < tonumber(ARGV[1]) then return -1 end
        if checkpoint >= tonumber(ARGV[2]) then return 0 end
        local isolated = {}
        local function try(i, result)
          if type(result) == 'table' and result.err then
            if string.sub(result.err, 1, 9) ~= 'WRONGTYPE' then error(result.err) end
            isolated[#isolated + 1] = i - 1
            return false
          end
          return result
        end
        local a = 3
        for i = 2, #KEYS do
          if tonumber(ARGV[a + 1]) > checkpoint then
            local kind = ARGV[a]
            if kind == 's' then
              if ARGV[a + 3] == '' then
                redis.call('SET', KEYS[i], ARGV[a + 2])
              else
                redis.call('SET', KEYS[i], ARGV[a + 2], 'PXAT', ARGV[a + 3])
              end
            elseif kind == 'a' then
              if try(i, redis.pcall('ZADD', KEYS[i], ARGV[a + 1], ARGV[a + 3])) and ARGV[a + 2] ~= '' then
                -- The key expires with its last member. PEXPIRETIME of a key without expiry is -1.
                if redis.call('PEXPIRETIME', KEYS[i]) < tonumber(ARGV[a + 2]) then
                  redis.call('PEXPIREAT', KEYS[i], ARGV[a + 2])
                end
              end
            elseif kind == 'c' then
              local score = try(i, redis.pcall('ZINCRBY', KEYS[i], ARGV[a + 2], ARGV[a + 3]))
              if score and tonumber(score) <= 0 then
                redis.call('ZREM', KEYS[i], ARGV[a + 3])
              end
            else
              redis.call('DEL', KEYS[i])
            end
          end
          a = a + 4
        end
        redis.call('SET', KEYS[1], ARGV[2])
        return isolated
        """;
}
