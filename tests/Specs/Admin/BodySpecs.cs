using TreasureHunt.Api.Admin;
using Xunit;

namespace TreasureHunt.Specs.Admin;

/// <summary>The form of administrators' bodies.</summary>
public class BodySpecs
{
    private static readonly ClueRequest Clue = new("Where the river bends", DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_list_of_clues_has_no_null_in_it()
    {
        Assert.Empty(Complaints([Clue, Clue]));
        Assert.Empty(Complaints(null));
        Assert.Equal(["Clues[1]"], Complaints([Clue, null!]));
    }

    private static IEnumerable<string> Complaints(IReadOnlyList<ClueRequest>? clues) =>
        new HideTreasureValidator().Validate(new HideTreasureRequest("goose", "Goose", 1, 1, null, clues)).Errors.Select(
            error => error.PropertyName);
}
