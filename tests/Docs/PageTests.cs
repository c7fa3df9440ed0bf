using Xunit;

namespace TreasureHunt.Docs;

/// <summary>How the answers on a page are compared with the output of the commands.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("won\n", "won\n", true)]
    [InlineData("\nwon\n", "won\n", false)]
    [InlineData("won", "won\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\n", true)]
    [InlineData("won\n", "lost\n", false)]
    [InlineData("won\nlost\n", "won\n", false)]
    [InlineData("won\n", "won\nlost\n", false)]
    [InlineData("{\"id\":\"a\",\"sequence\":17}\n", "{\"id\":\"a\",\"sequence\":…}\n", true)]
    [InlineData("{\"id\":\"b\",\"sequence\":17}\n", "{\"id\":\"a\",\"sequence\":…}\n", false)]
    [InlineData("one\ntwo\nthree\n", "one\n…\n", true)]
    [InlineData("one\ntwo\nthree\n", "…\nthree\n", true)]
    [InlineData("three\n", "…\nthree\n", true)]
    [InlineData("one\ntwo\nthree\n", "one…three\n", false)]
    [InlineData("1.5\n", "1?5\n", false)]
    public void An_ellipsis_matches_any_text(string output, string answer, bool isAnswer) =>
        Assert.Equal(isAnswer, Page.IsAnswer(output, answer));

    [Fact]
    public void The_answer_to_a_repeated_request_is_left_out()
    {
        const string Unknown = """{"type":"urn:treasure-hunt:problem:outcome-unknown","status":503,"detail":"again"}""";
        const string Refused = """{"type":"urn:treasure-hunt:problem:hunt-paused","status":409}""";

        const string Printed = "{\n  \"type\": \"urn:treasure-hunt:problem:intake-full\",\n  \"status\": 429\n}";
        const string Type = "urn:treasure-hunt:problem:outcome-unknown";

        Assert.Equal(
            $"{Refused}\nwon\n", Page.WithoutRepeated($"{Unknown}\n{Refused}\n{Unknown}\n{Printed}\n{Type}\nwon\n"));
    }

    [Fact]
    public void A_text_block_directly_after_the_commands_is_their_answer()
    {
        var blocks = Page.Parse(
            "a.md",
            "# A\n\n```bash\nx\ny\n```\n```text\nz\n```\n\n```bash\nw\n```\n\n```text\nno answer\n```\n```csharp\n"
                + "no command\n```\n");

        Assert.Equal([new CommandBlock("a.md", 4, "x\ny\n", "z\n"), new CommandBlock("a.md", 12, "w\n", null)], blocks);
    }

    [Fact]
    public async Task A_session_repeats_a_block_that_only_reads_until_it_prints_the_answer()
    {
        var file = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        try
        {
            var blocks = Page.Parse(
                "a.md",
                $"```bash\necho early >'{file}'; (sleep 1; echo late >'{file}') &\n```\n"
                    + $"```bash\ncurl -s 'file://{file}'\n```\n```text\nlate\n```\n");

            var results = await BashSession.RunAsync("some", blocks, TimeSpan.FromMinutes(1));

            Assert.Equal([(0, ""), (0, "late")], results.Select(result => (result.ExitCode, result.Output.Trim())));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_session_keeps_variables_and_stops_at_the_first_block_that_fails()
    {
        var blocks = Page.Parse(
            "a.md", "```bash\na=1\n```\n```bash\nprintf %s $a$HUNT_SET\n```\n```bash\nfalse\n```\n```bash\necho never\n```\n");

        var results = await BashSession.RunAsync("some", blocks, TimeSpan.FromMinutes(1));

        Assert.Equal([(0, ""), (0, "1some"), (1, "")], results.Select(result => (result.ExitCode, result.Output.Trim())));
    }
}
