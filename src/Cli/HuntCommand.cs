using System.CommandLine;
using System.CommandLine.Help;
using TreasureHunt.Cli.At;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Cli.Errors;
using TreasureHunt.Cli.Replays;
using TreasureHunt.Cli.Token;
using TreasureHunt.LoadGenerator;

namespace TreasureHunt.Cli;

/// <summary>The commands of <c>./hunt</c> that talk to a running engine.</summary>
public static class HuntCommand
{
    /// <summary>The time in which a command must end after Ctrl-C. It is enough for the report of a demo.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(20);

    /// <summary>A fixed width, because <c>deploy/local/help</c> contains the same texts.</summary>
    private const int HelpWidth = 120;

    public static Command Create() => new("./hunt", "Talks to a running treasure-hunt engine.")
    {
        new HelpOption { Action = new HelpAction { MaxWidth = HelpWidth } },
        DemoCommand.Create(),
        AuditCommand.Create(),
        ReplayCommand.Create(),
        PointInTimeCommand.Create(),
        ErrorsCommand.Create(),
        TokenCommand.Create(),
        KeysCommand.Create(),
    };

    /// <summary>
    /// Runs a command line. A problem that the user can solve becomes a sentence on standard error and <see cref="ExitCodes.Misused"/>.
    /// </summary>
    public static async Task<int> RunAsync(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
        {
            return Fail([.. parsed.Errors.Select(error => error.Message), "--help lists the commands and options."]);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            });
        }
        catch (Exception problem) when (problem is CliException or LoadException)
        {
            return Fail([problem.Message]);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static int Fail(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Console.Error.WriteLine(sentence);
        }

        return ExitCodes.Misused;
    }
}
