namespace TreasureHunt.Cli.Audit;

/// <summary>The invariants that the log check knows. The names appear in the JSON of a report, the sentences in its table.</summary>
public static class Invariants
{
    public const string OneWinner = "doubleWinners";
    public const string Stock = "overStock";
    public const string PerPlayer = "perPlayerExceeded";
    public const string PlayerLimit = "playerLimitExceeded";
    public const string Window = "wonOutsideWindow";
    public const string Proof = "wonWithoutProof";
    public const string Withdrawn = "wonAfterWithdrawal";
    public const string Revocation = "revokedWithoutAward";
    public const string OneOutcome = "duplicateOutcomes";
    public const string EventIsClaim = "eventIdsNotClaimIds";
    public const string NothingLost = "lostClaims";
    public const string Told = "toldDifferently";
    public const string RefusedMeansNothing = "refusedButRecorded";
    public const string NoStrangers = "strangers";
    public const string Versions = "versionHoles";
    public const string Sequences = "sequenceDisorder";
    public const string KnownEvents = "unknownEvents";

    public static readonly IReadOnlyList<(string Name, string Rule)> All =
    [
        (OneWinner, "no unit has two winners, no claim wins twice"),
        (Stock, "awards less revocations never exceed the stock"),
        (PerPlayer, "nobody has more of a treasure than one player may"),
        (PlayerLimit, "nobody has more in a hunt than one player may"),
        (Window, "only claims accepted while the hunt was open win"),
        (Proof, "what asks for a proof goes to nobody without it"),
        (Withdrawn, "a withdrawn treasure gives nothing"),
        (Revocation, "only an award that stands is revoked"),
        (OneOutcome, "every claim is decided once"),
        (EventIsClaim, "the deciding event has the claim's id"),
        (NothingLost, "every accepted claim has an outcome"),
        (Told, "the outcome told is the outcome recorded"),
        (RefusedMeansNothing, "a refusal at the door leaves nothing behind"),
        (NoStrangers, "every recorded claim was sent by this run"),
        (Versions, "stream versions count up without a hole"),
        (Sequences, "sequences rise, none comes twice"),
        (KnownEvents, "every event has a known name"),
    ];
}
