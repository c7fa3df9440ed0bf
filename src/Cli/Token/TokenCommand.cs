using System.CommandLine;
using TreasureHunt.Contracts;

namespace TreasureHunt.Cli.Token;

/// <summary><c>hunt token</c>: prints a development token and nothing else, so that a script can take it.</summary>
public static class TokenCommand
{
    public static Command Create() => new("token", "Print a development token (JWT, HS256).") { ForPlayer(), ForAdmin() };

    private static Command ForPlayer()
    {
        var player = new Argument<string>("id") { Description = "The player: 1 to 64 characters of A-Z a-z 0-9 . _ : -" };
        player.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !IdentifierRules.IsPlayer(token.Value))
                result.AddError($"'{token.Value}' is no player id: 1 to 64 characters of A-Z a-z 0-9 . _ : -");
        });
        var hours = HoursOption();
        var command = new Command("player", "A token that may claim.") { player, hours };
        command.SetAction(parsed => Print(parsed, tokens => tokens.Player(parsed.GetRequiredValue(player), Life(parsed, hours))));
        return command;
    }

    private static Command ForAdmin()
    {
        var hours = HoursOption();
        var command = new Command("admin", "A token that may run hunts.") { hours };
        command.SetAction(parsed => Print(parsed, tokens => tokens.Admin(Life(parsed, hours))));
        return command;
    }

    private static Option<double?> HoursOption() =>
        NumberOption.Of("--hours", 0.01, 8_760, "How long the token is good for, in hours.", Tokens.DefaultLife.TotalHours);

    private static TimeSpan Life(ParseResult parsed, Option<double?> hours) => TimeSpan.FromHours(parsed.GetValue(hours).GetValueOrDefault());

    private static int Print(ParseResult parsed, Func<Tokens, string> make)
    {
        var tokens = new Tokens(Settings.Read(Environment.GetEnvironmentVariable), TimeProvider.System);
        parsed.InvocationConfiguration.Output.WriteLine(make(tokens));
        return ExitCodes.Clean;
    }
}
