namespace TreasureHunt.Api.Streaming;

/// <summary>Registers the event streams.</summary>
public static class StreamRegistration
{
    public static IServiceCollection AddStreams(this IServiceCollection services) =>
        services.AddSingleton<OpenStreamLimit>().AddSingleton<HuntReader>().AddSingleton<HuntBroadcasters>()
            .AddSingleton<FollowedPlayers>();
}
