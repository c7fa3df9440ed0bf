using TreasureHunt.Cli;
using TreasureHunt.Cli.Errors;
using TreasureHunt.LoadGenerator.Http;
using Xunit;

namespace TreasureHunt.Specs.Cli;

/// <summary>The output of <c>hunt errors</c> after it moved messages.</summary>
public class ErrorsCommandSpecs
{
    private const string Empty = """[{"queue":"claims-0","count":0,"reasons":{}},{"queue":"claims-1","count":3,"reasons":{}}]""";
    private const string Full = """[{"queue":"claims-0","count":2,"reasons":{}}]""";

    [Theory]
    [InlineData(2, Full, "2 moved back to claims-0", ExitCodes.Clean)]
    [InlineData(0, Empty, "0 moved back to claims-0: it has no dead letters", ExitCodes.Clean)]
    [InlineData(0, Full, "0 moved back to claims-0: it still has 2 dead letters", ExitCodes.NotClean)]
    public async Task Zero_moved_messages_are_an_error_when_the_queue_is_not_empty(int moved, string queues, string line, int code)
    {
        using var client = new AdminApiClient(
            new FakeEngine((200, queues)), new Uri("http://engine"), new Uri("http://operators"), () => "token", TimeProvider.System);

        Assert.Equal(
            (line, code),
            await MoveErrorsCommand.DescribeMoveAsync(
                client, new MovedErrors("claims-0", moved), "moved back to", TestContext.Current.CancellationToken));
    }
}
