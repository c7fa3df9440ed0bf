using System.Data.Common;
using Marten.Linq.QueryHandlers;
using TreasureHunt.Contracts.Events;
using Weasel.Postgresql;
using Weasel.Storage;

namespace TreasureHunt.Commands.Claims;

/// <summary>Finds claims that are decided already, by their event ids, as part of a batched read.</summary>
public sealed class EarlierClaims(string schema, Guid[] claimIds) : IQueryHandler<Dictionary<Guid, IClaimEvent>>
{
    private static readonly Dictionary<string, Type> Types = EventNames.All
        .Where(entry => entry.Key.IsAssignableTo(typeof(IClaimEvent)))
        .ToDictionary(entry => entry.Value, entry => entry.Key);

    public void ConfigureCommand(ICommandBuilder builder, IStorageSession session)
    {
        builder.Append($"select data, type from {schema}.mt_events where id = any(");
        builder.AppendParameter((object)claimIds);
        builder.Append(")");
    }

    public async Task<Dictionary<Guid, IClaimEvent>> HandleAsync(DbDataReader reader, IStorageSession session, CancellationToken token)
    {
        var found = new Dictionary<Guid, IClaimEvent>();
        while (await reader.ReadAsync(token))
        {
            if (Types.TryGetValue(await reader.GetFieldValueAsync<string>(1, token), out var type))
            {
                var claim = (IClaimEvent)session.Serializer.FromJson(type, reader, 0);
                found[claim.ClaimId] = claim;
            }
        }

        return found;
    }

    public Task<int> StreamJson(Stream stream, DbDataReader reader, CancellationToken token) => throw new NotSupportedException();
}
