using Xunit;

namespace TreasureHunt.Docs;

/// <summary>A reader who runs the commands of the pages gets the answers that the pages show.</summary>
public sealed class TutorialTests(DocumentedCommands commands)
{
    [Fact]
    public Task Every_command_of_the_tutorial_prints_the_answer_that_the_tutorial_shows() => commands.AssertPageAsync("docs/tutorial.md");

    [Fact]
    public Task Every_command_of_the_HTTP_API_prints_the_answer_that_the_page_shows() => commands.AssertPageAsync("docs/http-api.md");
}
