using Spectre.Console;

namespace TreasureHunt.Cli;

/// <summary>Makes consoles for tables and progress displays.</summary>
public static class CliConsole
{
    /// <summary>Columns of output to a file or a pipe: a program that reads lines must not find them wrapped.</summary>
    private const int RedirectedWidth = 10_000;

    /// <summary>The standard output.</summary>
    public static IAnsiConsole Standard { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <param name="isRedirected">Whether the output is not a terminal.</param>
    public static IAnsiConsole Create(TextWriter output, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (isRedirected)
        {
            console.Profile.Width = RedirectedWidth;
        }

        return console;
    }
}
