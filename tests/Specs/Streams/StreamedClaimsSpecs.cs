using System.Text;
using System.Text.Json;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Streams;

/// <summary>The claims of a player in the player's streams.</summary>
public sealed class StreamedClaimsSpecs
{
    private readonly StreamedClaims _claims = new("alice");

    [Fact]
    public void A_player_without_claims_gets_an_empty_list()
    {
        Assert.Equal(0, _claims.Version);

        _claims.Apply([]);

        Assert.Equal(1, _claims.Version);
        Assert.Equal("event: claims\ndata: {\"claims\":[]}\n\n", Text(_claims.ChangesSince(0)));
    }

    [Fact]
    public void Only_the_claims_that_changed_are_sent_newest_first()
    {
        _claims.Apply([Claim(1, 10), Claim(2, 11)]);
        var known = _claims.Version;

        _claims.Apply([Claim(3, 12), Claim(1, 13, revoked: true)]);

        Assert.Equal([1, 3], Sent(_claims.ChangesSince(known)));
        Assert.Equal([1, 3, 2], Sent(_claims.ChangesSince(0)));
    }

    [Fact]
    public void A_state_that_is_known_or_older_changes_nothing()
    {
        _claims.Apply([Claim(1, 13, revoked: true)]);
        var (known, changes) = (_claims.Version, 0);
        _claims.AddListener(() => changes++);

        _claims.Apply([Claim(1, 13, revoked: true)]);
        _claims.Apply([Claim(1, 10)]);

        Assert.Equal((known, 0), (_claims.Version, changes));
        Assert.Contains("\"revokedAt\":\"", Text(_claims.ChangesSince(0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_listener_is_called_for_a_change_until_it_is_removed()
    {
        var changes = 0;
        Action count = () => changes++;
        _claims.AddListener(count);
        _claims.AddListener(count);
        _claims.Apply([Claim(1, 10)]);
        Assert.Equal(2, changes);

        _claims.RemoveListener(count);
        _claims.Apply([Claim(2, 11)]);

        Assert.Equal(3, changes);
    }

    [Fact]
    public void Only_the_latest_claims_are_kept()
    {
        _claims.Apply(Enumerable.Range(1, StreamedClaims.MaxClaims + 10).Select(n => Claim(n, n)));

        Assert.Equal(Enumerable.Range(11, StreamedClaims.MaxClaims).Reverse(), Sent(_claims.ChangesSince(0)));
    }

    [Fact]
    public void A_requested_read_is_taken_once()
    {
        Assert.True(_claims.TryBeginRead());
        Assert.False(_claims.TryBeginRead());

        _claims.RequestRead();

        Assert.True(_claims.IsReadDue);
        Assert.True(_claims.TryBeginRead());
    }

    private static Versioned<ClaimView> Claim(int number, long sequence, bool revoked = false) => new(
        sequence, new ClaimView(
            new Guid(number, 0, 0, new byte[8]), "goose", "sale", "alice", Outcomes.Won,
            RevokedAt: revoked ? TestClock.At("19:30") : null));

    private static string Text(StateDelta delta) => Encoding.UTF8.GetString(delta.Bytes.Span);

    private static IEnumerable<int> Sent(StateDelta delta) => JsonDocument.Parse(Text(delta).Split("data: ")[1])
        .RootElement.GetProperty("claims").EnumerateArray()
        .Select(claim => BitConverter.ToInt32(claim.GetProperty("claimId").GetGuid().ToByteArray()));
}
