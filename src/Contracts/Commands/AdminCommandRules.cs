namespace TreasureHunt.Contracts.Commands;

/// <summary>
/// Validates administrative commands. The Api checks each field of a request, and the worker each command, so that the same limits apply to
/// every sender of messages.
/// </summary>
public static class AdminCommandRules
{
    /// <summary>Maximum length of a name of a hunt or treasure, in characters.</summary>
    public const int MaxName = 200;

    /// <summary>Maximum length of the text of a clue, in characters.</summary>
    public const int MaxClueText = 1000;

    /// <summary>
    /// Maximum number of clues of a treasure, initial and added. A character of a clue takes at most 6 bytes in the escaped JSON of the
    /// caches, so a treasure's view stays below 700,000 bytes. The limit of Memcached is 1,000,000.
    /// </summary>
    public const int MaxClues = 100;

    /// <summary>
    /// Maximum number of treasures of a hunt. A request for the hunt reads all of them, at most 500 at a time, and a connection to
    /// Memcached accepts 4,096 concurrent requests.
    /// </summary>
    public const int MaxTreasures = 1_000;

    /// <summary>Maximum number of pauses of a hunt. Every claim is checked against all of them.</summary>
    public const int MaxPauses = 1_000;

    /// <summary>Maximum number of units of a treasure.</summary>
    public const int MaxStock = 10_000_000;

    /// <summary>Maximum number of units added by one command.</summary>
    public const int MaxUnits = 1_000_000;

    /// <summary>Maximum limit of awards of a player, of a treasure or in a hunt.</summary>
    public const int MaxAwards = 1_000_000;

    /// <summary>Maximum length of the reason for a revocation, in characters.</summary>
    public const int MaxBecause = 500;

    /// <summary>A name: 1 to <see cref="MaxName"/> characters of text, not blank.</summary>
    public static bool IsName(string? name) => IsFilled(name, MaxName);

    /// <summary>A clue's text: 1 to <see cref="MaxClueText"/> characters of text, not blank.</summary>
    public static bool IsClueText(string? text) => IsFilled(text, MaxClueText);

    /// <summary>A reason: 1 to <see cref="MaxBecause"/> characters of text, not blank.</summary>
    public static bool IsBecause(string? because) => IsFilled(because, MaxBecause);

    /// <summary>Returns the rule that a command violates; null when it is valid.</summary>
    /// <param name="now">The time of the worker's clock.</param>
    public static string? ProblemOf(IAdminCommand command, DateTimeOffset now) =>
        command.CommandId == Guid.Empty ? "commandId is missing." : ClaimRules.ProblemOf("at", command.At, now) ?? ProblemOf(command);

    private static string? ProblemOf(IAdminCommand command) => command switch
    {
        DraftHunt c => Slug("huntId", c.HuntId) ?? Name(c.Name) ?? Utc("opensAt", c.OpensAt) ?? Utc("closesAt", c.ClosesAt)
            ?? (c.ClosesAt <= c.OpensAt ? "closesAt must be later than opensAt." : null)
            ?? (c.AnnounceAt is { } announceAt ? Utc("announceAt", announceAt) : null)
            ?? (c.AnnounceAt > c.OpensAt ? "announceAt must not be later than opensAt." : null)
            ?? (c.PlayerLimit is { } limit ? Within("playerLimit", limit, 1, MaxAwards) : null),
        ChangeHunt c => Slug("huntId", c.HuntId) ?? (Enum.IsDefined(c.Change) ? null : "change is none of the steps of a hunt."),
        HideTreasure c => Slug("treasureId", c.TreasureId) ?? Slug("huntId", c.HuntId) ?? Name(c.Name)
            ?? Within("stock", c.Stock, 0, MaxStock) ?? Within("perPlayer", c.PerPlayer, 1, MaxAwards) ?? Hash(c.Proof)
            ?? (c.Clues is null or { Count: > MaxClues }
                ? $"clues: at most {MaxClues}" : c.Clues.Select(Clue).FirstOrDefault(problem => problem is not null)),
        AddClue c => Slug("treasureId", c.TreasureId) ?? Clue(c.Clue),
        RestockTreasure c => Slug("treasureId", c.TreasureId) ?? Within("units", c.Units, 1, MaxUnits),
        WithdrawTreasure c => Slug("treasureId", c.TreasureId),
        RevokeAward c => Slug("treasureId", c.TreasureId) ?? (c.ClaimId == Guid.Empty ? "claimId is missing." : null)
            ?? (IsBecause(c.Because) ? null : $"because: 1 to {MaxBecause} characters; {IdentifierRules.TextRule}"),
        _ => "The command is unknown.",
    };

    private static bool IsFilled(string? text, int maxLength) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= maxLength && IdentifierRules.IsText(text);

    private static string? Slug(string field, string? id) =>
        IdentifierRules.IsSlug(id) ? null : $"{field}: {IdentifierRules.SlugRule}";

    private static string? Name(string? name) => IsName(name) ? null : $"name: 1 to {MaxName} characters; {IdentifierRules.TextRule}";

    private static string? Within(string field, int value, int min, int max) =>
        value >= min && value <= max ? null : $"{field}: {min} to {max}";

    private static string? Utc(string field, DateTimeOffset time) => time.Offset == TimeSpan.Zero ? null : $"{field}: a time in UTC";

    private static string? Clue(Clue? clue) => clue is null || !IsClueText(clue.Text)
        ? $"text of a clue: 1 to {MaxClueText} characters; {IdentifierRules.TextRule}"
        : Utc("revealAt of a clue", clue.RevealAt);

    // An invalid hash would make every claim with a proof fail.
    private static string? Hash(ProofHash? proof) =>
        proof is null || (IsBase64(proof.Salt, 16) && IsBase64(proof.Hash, 32)) ? null : "proof: salt and hash in Base64, 16 and 32 bytes";

    private static bool IsBase64(string? text, int bytes) =>
        text?.Length <= 64 && Convert.TryFromBase64String(text, new byte[48], out var length) && length == bytes;
}
