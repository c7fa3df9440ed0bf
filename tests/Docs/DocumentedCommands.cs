using System.Globalization;
using Xunit;

[assembly: AssemblyFixture(typeof(TreasureHunt.Docs.DocumentedCommands))]

namespace TreasureHunt.Docs;

/// <summary>Runs the commands of the pages once, in one shell, against a set that the tutorial itself starts and deletes.</summary>
public sealed class DocumentedCommands : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(8);

    private static readonly string Pid = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    // './hunt test' deletes such a set when the process that owns it is gone.
    private readonly string _set = $"test-tutorial-{Pid}";
    private readonly Lazy<Task<IReadOnlyList<BlockResult>>> _results;

    public DocumentedCommands() => _results = new(RunAsync);

    /// <summary>Every block of a page ran, ended with 0 and printed the answer that the page shows.</summary>
    public async Task AssertPageAsync(string page)
    {
        var results = await _results.Value;
        var blocks = Page.Read(page);
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
        {
            var result = results.FirstOrDefault(result => result.Block == block);
            Assert.True(result is not null, $"{block} did not run: a block before it failed.");
            Assert.True(result.ExitCode == 0, $"{block} ended with {result.ExitCode}:\n{result.Output}");
            Assert.True(
                block.Answer is null || Page.IsAnswer(Page.WithoutRepeated(result.Output), block.Answer),
                $"{block} should print\n{block.Answer}\nand printed\n{result.Output}");
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_results.IsValueCreated)
        {
            await BashSession.StartAsync(
                _set, ["-c", "rm -f /tmp/$HUNT_SET-*; [[ ! -e .run/$HUNT_SET ]] || ./hunt down --purge 2>/dev/null"], Timeout);
        }
    }

    private async Task<IReadOnlyList<BlockResult>> RunAsync()
    {
        await BashSession.StartAsync(
            _set, ["-c", "source deploy/local/processes.sh; mkdir -p .run/$HUNT_SET; identity_of $0 >.run/$HUNT_SET/owner", Pid], Timeout);
        // The tutorial starts the set with its first blocks and deletes it with its last one.
        var tutorial = Page.Read("docs/tutorial.md");
        return await BashSession.RunAsync(_set, [.. tutorial.SkipLast(1), .. Page.Read("docs/http-api.md"), tutorial[^1]], Timeout);
    }
}
