using System.CommandLine;
using System.CommandLine.Help;
using TreasureHunt.Cli.At;
using TreasureHunt.Cli.Audit;
using TreasureHunt.Cli.Demo;
using TreasureHunt.Cli.Errors;
using TreasureHunt.Cli.Replays;
using TreasureHunt.Cli.Token;

namespace TreasureHunt.Cli;

/// <summary>What <c>./hunt</c> says to a running engine.</summary>
public static class HuntCommand
{
    /// <summary>How long a command may take to end after Ctrl-C, so that it can still say what it knows.</summary>
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(20);

    /// <summary>Lines of help texts are as long everywhere: <c>deploy/local/help</c> holds the same texts.</summary>
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
    /// Runs a command line. What somebody can put right becomes a sentence on standard error and <see cref="ExitCodes.Misused"/>.
    /// </summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Complain([.. parsed.Errors.Select(error => error.Message), "--help tells what there is."]);
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = LastWords,
            });
        }
        catch (CliException complaint)
        {
            return Complain([complaint.Message]);
        }
        catch (OperationCanceledException)
        {
            return ExitCodes.Interrupted;
        }
    }

    private static int Complain(IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Console.Error.WriteLine(sentence);
        }

        return ExitCodes.Misused;
    }
}
