using TreasureHunt.Api.Admission;
using TreasureHunt.Api.Http;

namespace TreasureHunt.Api.Claims;

/// <summary>Limits the open claim streams of this process to <see cref="AdmissionOptions.MaxClaimStreams"/>, and counts them.</summary>
public sealed class ClaimStreamLimit(AdmissionOptions options)
    : StreamLimit(options.MaxClaimStreams, "treasurehunt_claim_streams", "Open claim streams");
