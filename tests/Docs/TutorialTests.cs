using Xunit;

namespace TreasureHunt.Docs;

/// <summary>A reader of <c>docs/tutorial.md</c> succeeds without help.</summary>
public sealed class TutorialTests(DocumentedCommands commands)
{
    [Fact]
    public Task Every_command_of_the_tutorial_prints_the_answer_that_the_tutorial_shows() => commands.AssertPageAsync("docs/tutorial.md");
}
