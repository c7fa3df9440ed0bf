using TreasureHunt.Api.Admin;
using Xunit;

namespace TreasureHunt.Specs.Admin;

/// <summary>Validation of the request that hides a treasure.</summary>
public class HideTreasureValidatorSpecs
{
    private static readonly ClueRequest Clue = new("Where the river bends", DateTimeOffset.UnixEpoch);

    [Fact]
    public void A_null_in_the_list_of_clues_is_invalid()
    {
        Assert.Empty(InvalidProperties([Clue, Clue]));
        Assert.Empty(InvalidProperties(null));
        Assert.Equal(["Clues[1]"], InvalidProperties([Clue, null!]));
    }

    private static IEnumerable<string> InvalidProperties(IReadOnlyList<ClueRequest>? clues) =>
        new HideTreasureValidator().Validate(new HideTreasureRequest("goose", "Goose", 1, 1, null, clues)).Errors.Select(
            error => error.PropertyName);
}
