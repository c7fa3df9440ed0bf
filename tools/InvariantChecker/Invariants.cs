namespace TreasureHunt.InvariantChecker;

/// <summary>The checked invariants. The names appear in the JSON of a report, the sentences in its table.</summary>
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
    public const string ReportedOutcome = "toldDifferently";
    public const string RefusalRecordsNothing = "refusedButRecorded";
    public const string OnlySentClaims = "strangers";
    public const string Versions = "versionHoles";
    public const string Sequences = "sequenceDisorder";
    public const string KnownEvents = "unknownEvents";

    public static readonly IReadOnlyList<(string Name, string Rule)> All =
    [
        (OneWinner, "no unit has two winners, no claim wins twice"),
        (Stock, "awards less revocations never exceed the stock"),
        (PerPlayer, "no player exceeds the limit of a treasure"),
        (PlayerLimit, "no player exceeds the limit of a hunt"),
        (Window, "only claims accepted while the hunt was open win"),
        (Proof, "a treasure with a proof goes only to claims with the right proof"),
        (Withdrawn, "a withdrawn treasure has no further winner"),
        (Revocation, "only a current award is revoked"),
        (OneOutcome, "every claim is decided once"),
        (EventIsClaim, "the deciding event has the claim's id"),
        (NothingLost, "every accepted claim has an outcome"),
        (ReportedOutcome, "the returned outcome is the recorded outcome"),
        (RefusalRecordsNothing, "a refused request records nothing"),
        (OnlySentClaims, "every recorded claim was sent by this run"),
        (Versions, "the versions of a stream have no gap"),
        (Sequences, "sequence numbers rise and never repeat"),
        (KnownEvents, "every event has a known name"),
    ];

    /// <summary>The sentence of an invariant.</summary>
    public static string RuleOf(string name) => All.Single(invariant => invariant.Name == name).Rule;
}
