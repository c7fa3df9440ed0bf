using System.Diagnostics.Metrics;
using TreasureHunt.Api.Admission;
using TreasureHunt.Platform.Telemetry;

namespace TreasureHunt.Api.Claims;

/// <summary>Limits the open claim streams of this process to <see cref="AdmissionOptions.MaxClaimStreams"/>, and counts them.</summary>
public sealed class ClaimStreamLimit(AdmissionOptions options)
{
    private static readonly UpDownCounter<int> OpenStreams = HuntTelemetry.Meter.CreateUpDownCounter<int>(
        "treasurehunt_claim_streams", description: "Open claim streams");

    private int _open;

    /// <summary>Opens a stream; false when the limit is reached. Call <see cref="Close"/> when the stream has ended.</summary>
    public bool TryOpen()
    {
        if (Interlocked.Increment(ref _open) > options.MaxClaimStreams)
        {
            Interlocked.Decrement(ref _open);
            return false;
        }

        OpenStreams.Add(1);
        return true;
    }

    public void Close()
    {
        Interlocked.Decrement(ref _open);
        OpenStreams.Add(-1);
    }
}
