using System.Text;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;
using Xunit;

namespace TreasureHunt.Specs.Wire;

/// <summary>The published changes of views and claims. Hosts of different builds send and receive them at the same time.</summary>
public sealed class PublishedChangesFormatSpecs
{
    private const string Written =
        "100 110\n"
        + "alice\n"
        + """105|{"claimId":"22d4a772-3ffa-576a-8eab-abb6e30d6d10","treasureId":"goose","huntId":"sale","playerId":"alice","outcome":"won"}"""
        + "\nshop:bob\n107|{}\n";

    private static readonly ClaimView Claim = new(
        new Guid("22d4a772-3ffa-576a-8eab-abb6e30d6d10"), "goose", "sale", "alice", Outcomes.Won);

    [Fact]
    public void The_format_has_not_changed()
    {
        var changes = new PublishedChanges(
            100, 110, [("alice", VersionedJson.Of(105, Claim)), ("shop:bob", new VersionedValue(107, "{}"u8.ToArray()))]);
        StorageFormat.IsUnchanged(Written, Encoding.UTF8.GetString(changes.ToBytes()));

        Assert.True(PublishedChanges.TryParse(Encoding.UTF8.GetBytes(Written), out var read));

        Assert.Equal((100L, 110L), (read.After, read.UpTo));
        Assert.Equal(["alice 105", "shop:bob 107"], read.Changes.Select(change => $"{change.Id} {change.Value.Sequence}"));
        Assert.Equal(Claim, read.Changes[0].Value.ToView<ClaimView>());
    }

    [Fact]
    public void A_batch_without_changes_has_its_range()
    {
        Assert.True(PublishedChanges.TryParse(new PublishedChanges(7, 9, []).ToBytes(), out var read));

        Assert.Equal((7L, 9L, 0), (read.After, read.UpTo, read.Changes.Count));
    }

    [Theory]
    [InlineData("")]
    [InlineData("100 110")]
    [InlineData("100\n")]
    [InlineData("100 110 \n")]
    [InlineData("a b\n")]
    [InlineData("100 110\nalice\n")]
    [InlineData("100 110\nalice\n105|{}")]
    [InlineData("100 110\nalice\nx|{}\n")]
    public void Another_format_is_refused(string message) =>
        Assert.False(PublishedChanges.TryParse(Encoding.UTF8.GetBytes(message), out _));
}
