using TreasureHunt.Cli;
using TreasureHunt.Cli.Engine;
using TreasureHunt.Cli.Errors;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>What <c>hunt errors</c> says of messages that it moved.</summary>
public class ErrorsSpecs
{
    private const string Empty = """[{"queue":"claims-0","count":0,"reasons":{}},{"queue":"claims-1","count":3,"reasons":{}}]""";
    private const string Full = """[{"queue":"claims-0","count":2,"reasons":{}}]""";

    [Theory]
    [InlineData(2, Full, "2 moved back to claims-0", ExitCodes.Clean)]
    [InlineData(0, Empty, "0 moved back to claims-0: it has no dead letters", ExitCodes.Clean)]
    [InlineData(0, Full, "0 moved back to claims-0: it still has 2 dead letters", ExitCodes.NotClean)]
    public async Task Nothing_moved_is_right_only_where_nothing_was(int moved, string queues, string line, int code)
    {
        using var desk = new AdminApiClient(
            new FakeEngine((200, queues)), new Uri("http://engine"), new Uri("http://operators"), () => "token", TimeProvider.System);

        Assert.Equal(
            (line, code),
            await ErrorsCommand.ToldAsync(
                desk, new MovedErrors("claims-0", moved), "moved back to", TestContext.Current.CancellationToken));
    }
}
