using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using TreasureHunt.Api.Streaming;
using TreasureHunt.Specs.Memcached;
using static TreasureHunt.Specs.Streams.StreamScenario;

namespace TreasureHunt.Specs.Streams;

/// <summary>A subscriber of a hunt stream and the client side of its connection.</summary>
public abstract class SseSubscriberScenario
{
    private protected ManualTime Time { get; } = new();
    private protected HuntStreamState State { get; } = StateWith(Goose(10, left: 5), Lamp(11, left: 3));

    // The pipe buffers fewer bytes than the first delta.
    private protected Pipe Pipe { get; } = new(new PipeOptions(
        writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 100, resumeWriterThreshold: 50, useSynchronizationContext: false));

    private protected SseSubscriber Subscriber
    {
        get
        {
            if (field is null)
            {
                field = new SseSubscriber(Pipe.Writer, Time);
                field.Start("retry: 1000\n\n"u8, State.ChangesAfter(ResumeToken.Start));
            }

            return field;
        }
    }

    private protected string ReadAll()
    {
        if (!Pipe.Reader.TryRead(out var read))
        {
            return "";
        }

        var text = Encoding.UTF8.GetString(read.Buffer.ToArray());
        Pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
