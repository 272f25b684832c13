/// The drawings that [`super::Icon`] knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IconName {
    /// A curve with peaks.
    Activity,
    /// The sign before an account's name.
    At,
    /// A loudspeaker.
    Audio,
    /// Three bars.
    Chart,
    /// Lines of a sheet.
    Rows,
    /// A turn to the left.
    Undo,
    /// Words of a conversation.
    Chat,
    /// A tick.
    Check,
    /// Done.
    CheckCircle,
    /// Fold in or open below.
    ChevronDown,
    /// Back.
    ChevronLeft,
    /// Onward.
    ChevronRight,
    /// Fold away.
    ChevronUp,
    /// Waits.
    Clock,
    /// A second sheet.
    Copy,
    /// Close, or take away.
    Cross,
    /// Failed.
    CrossCircle,
    /// Nothing here.
    Dashed,
    /// Onto the disk.
    Download,
    /// A pencil.
    Edit,
    /// Opens elsewhere.
    External,
    /// Look.
    Eye,
    /// A funnel.
    Filter,
    /// Up to a line.
    Front,
    /// The sign before a tag.
    Hash,
    /// Held back.
    Held,
    /// A house.
    Home,
    /// Takes its time.
    Hourglass,
    /// A bulb.
    Bulb,
    /// A picture.
    Image,
    /// A letter i.
    Info,
    /// A key.
    Key,
    /// Several sheets.
    Layers,
    /// A chain.
    Link,
    /// Cannot be changed.
    Lock,
    /// Speaks.
    Microphone,
    /// Three dots.
    More,
    /// Two bars.
    Pause,
    /// A needle.
    Pin,
    /// A triangle.
    Play,
    /// Add.
    Plus,
    /// What runs.
    Queue,
    /// Once more.
    Refresh,
    /// A film.
    Film,
    /// Under way.
    Running,
    /// A looking glass.
    Search,
    /// A paper plane.
    Send,
    /// A cog.
    Settings,
    /// Four cards.
    Cards,
    /// Leaves.
    SignOut,
    /// Made by a machine.
    Sparkle,
    /// A star.
    Star,
    /// A square.
    Stop,
    /// Stopped.
    Stopped,
    /// Sheets to copy.
    Sheets,
    /// Letters.
    Text,
    /// A bin.
    Trash,
    /// From the disk.
    Upload,
    /// A person.
    User,
    /// A camera.
    Video,
    /// A table.
    Table,
    /// Look out.
    Warning,
    /// A voice as a curve.
    Wave,
}

impl IconName {
    /// The strokes, in a box of 16 by 16.
    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Activity => "M1.5 8h3l2-5 3 10 2-5h3",
            Self::At => "M10.5 8a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0v1a2 2 0 0 0 4 0V8a6.5 6.5 0 1 0-3 5.5",
            Self::Audio => "M2 6v4h2.5L8 13V3L4.5 6zM10.5 6a3 3 0 0 1 0 4M12.5 4a6 6 0 0 1 0 8",
            Self::Chart => "M3 13.5V8M8 13.5V2.5M13 13.5V6",
            Self::Rows => "M2.5 3.5h11v3h-11zM2.5 9.5h11v3h-11z",
            Self::Undo => "M5.5 3L2.5 6l3 3M2.5 6h7a4 4 0 0 1 0 8H6",
            Self::Chat => "M2.5 3h11v8H7l-3.5 2.8V11h-1zM5 6h6M5 8.3h4",
            Self::Check => "M3 8.5l3.5 3.5L13 4.5",
            Self::CheckCircle => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM5.5 8.2l1.8 1.8 3.2-3.7",
            Self::ChevronDown => "M4 6l4 4 4-4",
            Self::ChevronLeft => "M10 4L6 8l4 4",
            Self::ChevronRight => "M6 4l4 4-4 4",
            Self::ChevronUp => "M4 10l4-4 4 4",
            Self::Clock => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 4.5V8l2.3 1.5",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Cross => "M4 4l8 8M12 4l-8 8",
            Self::CrossCircle => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6 6l4 4M10 6l-4 4",
            Self::Dashed => {
                "M6.5 2.2a6 6 0 0 1 3 0M12.5 4.2a6 6 0 0 1 1.4 2.6M13.9 9.2a6 6 0 0 1-1.5 2.6M9.5 13.8a6 6 0 0 1-3 0M3.6 11.8a6 6 0 0 1-1.5-2.6M2.1 6.8a6 6 0 0 1 1.5-2.6"
            }
            Self::Download => "M8 2v8M4.5 7L8 10.5 11.5 7M2.5 13.5h11",
            Self::Edit => "M10.5 2.8l2.7 2.7-7.7 7.7-3.2.5.5-3.2z",
            Self::External => "M9 2.5h4.5V7M13.5 2.5L7.5 8.5M11.5 9.5v4h-9v-9h4",
            Self::Eye => {
                "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0z"
            }
            Self::Filter => "M2 4h12M4.5 8h7M6.5 12h3",
            Self::Front => "M3 2.5h10M8 13.5V6M4.5 9L8 5.5 11.5 9",
            Self::Hash => "M6.5 2.5l-1.5 11M11 2.5l-1.5 11M2.5 5.8h11M2.5 10.2h11",
            Self::Held => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6.5 6v4M9.5 6v4",
            Self::Home => "M2.5 7L8 2.5 13.5 7v6.5h-4V9.5h-3v4h-4z",
            Self::Hourglass => "M4 2.5h8M4 13.5h8M5 2.5v2.5l3 3 3-3V2.500M5 13.5V11l3-3 3 3v2.5",
            Self::Bulb => "M5.8 11c0-1.5-2-2.3-2-5a4.2 4.2 0 0 1 8.4 0c0 2.7-2 3.5-2 5zM6.3 13.7h3.4",
            Self::Image => {
                "M2.5 3h11v10h-11zM2.5 11l3.3-3.3 3 3 1.7-1.7 3 2.5M11 6.2a.7.7 0 1 1-1.4 0 .7.7 0 0 1 1.4 0z"
            }
            Self::Info => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM8 7.5V11M8 5v.100",
            Self::Key => "M9 8.5a3.3 3.3 0 1 1-1.5-1.5L13.5 2.5M11 4.5l2 2M6 11v.100",
            Self::Layers => "M8 2l6 3.2-6 3.2-6-3.2zM2 8l6 3.2L14 8M2 10.8L8 14l6-3.2",
            Self::Link => {
                "M6.5 9.5a3 3 0 0 0 4.3 0l2-2a3 3 0 0 0-4.3-4.3l-.8.8M9.5 6.5a3 3 0 0 0-4.3 0l-2 2a3 3 0 0 0 4.3 4.3l.8-.8"
            }
            Self::Lock => "M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
            Self::Microphone => "M6 4a2 2 0 0 1 4 0v4a2 2 0 0 1-4 0zM3.5 7.5a4.5 4.5 0 0 0 9 0M8 12v2.5",
            Self::More => "M3.5 8v.100M8 8v.100M12.5 8v.100",
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::Pin => "M6 2.5h4l-.5 4.5 2.5 2.5H4L6.5 7zM8 9.5V14",
            Self::Play => "M5 3v10l8-5z",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Queue => "M2 4h12M2 8h6M2 12h6M11 8.5v5l3.5-2.5z",
            Self::Refresh => "M13.5 7A5.6 5.6 0 0 0 3.3 5M2.5 9a5.6 5.6 0 0 0 10.2 2M3.3 2v3h3M12.7 14v-3h-3",
            Self::Film => "M2 3h12v10H2zM6.8 5.8v4.4L10.2 8z",
            Self::Running => "M8 2a6 6 0 0 1 6 6M14 8a6 6 0 0 1-6 6",
            Self::Search => "M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.3 10.3l3.5 3.5",
            Self::Send => "M14 2.5L2 7l5 2 2 5zM7 9l3-3",
            Self::Settings => {
                "M10 8a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4"
            }
            Self::Cards => "M2.5 2.5h4.5v4.5H2.5zM9.5 2.5h4v4.5h-4zM2.5 9.5h4.5v4H2.5zM9.5 9.5h4v4h-4z",
            Self::SignOut => "M9 2.5H3v11h6M7 8h7M11.5 5.5L14 8l-2.5 2.5",
            Self::Sparkle => {
                "M8 2c.5 3.5 2.5 5.5 6 6-3.5.5-5.5 2.5-6 6-.5-3.5-2.5-5.5-6-6 3.5-.5 5.5-2.5 6-6z"
            }
            Self::Star => "M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4l-3.7 2.1.8-4.2L2 6.4l4.2-.5z",
            Self::Stop => "M4 4h8v8H4z",
            Self::Stopped => "M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0zM6 6h4v4H6z",
            Self::Sheets => "M2.5 5.5h8v8h-8zM5.5 5.5v-3h8v8h-3M2.5 8.5h8",
            Self::Text => "M3 4.5V3h10v1.5M8 3v10M6 13h4",
            Self::Trash => "M2.5 4.5h11M6 4.5V2.5h4v2M4 4.5l.6 9h6.8l.6-9M6.7 7v4M9.3 7v4",
            Self::Upload => "M8 10.5V2.5M4.5 6L8 2.5 11.5 6M2.5 13.5h11",
            Self::User => {
                "M10.7 5.2a2.7 2.7 0 1 1-5.4 0 2.7 2.7 0 0 1 5.4 0zM2.5 14c.5-3 2.5-4.5 5.5-4.5s5 1.5 5.5 4.5"
            }
            Self::Video => "M2 4h8.5v8H2zM10.5 7L14 5v6l-3.5-2z",
            Self::Table => "M2.5 2.5h11v11h-11zM2.5 6.2h11M2.5 9.8h11M6.2 2.5v11",
            Self::Warning => "M8 2.5l6 11H2zM8 6.5v3.2M8 11.5v.100",
            Self::Wave => "M2 7v2M5 4.5v7M8 6v4M11 3v10M14 6.5v3",
        }
    }
}
