using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Bus;

/// <summary>Tests of clients that reach the broker through a <see cref="TlsTerminator"/>.</summary>
public abstract class BrokerTlsTests(SharedEngine engine) : EngineTests(engine)
{
    private protected const string Localhost = "127.0.0.1";

    private protected TestAuthority Authority { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Authority.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected Uri AddressOf(TlsTerminator terminator) =>
        new UriBuilder(Engine.Bus.AddressOf("api")) { Scheme = "amqps", Port = terminator.Port }.Uri;
}
