//! What a route of the interface says of itself: the words, the parameters, the shape of its answer.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

/// One operation.
#[derive(Debug)]
pub struct Operation {
    /// Its name in programs: stable.
    pub id: &'static str,
    /// What it gives, in one line.
    pub summary: &'static str,
    /// What there is to know beyond.
    pub description: &'static str,
    /// Its parameters; which stand in the path follows from the route.
    pub parameters: &'static [Parameter],
    /// The schema of its answer.
    pub answer: fn(&mut SchemaGenerator) -> Schema,
}

/// One parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in the address.
    pub name: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What it looks like.
    pub shape: Shape,
}

/// What a parameter looks like.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text.
    Text,
    /// A whole number from one to this.
    UpTo(u64),
    /// One of these words.
    OneOf(&'static [&'static str]),
}

impl Shape {
    /// As a schema.
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Text => json!({ "type": "string", "minLength": 1 }),
            Self::UpTo(most) => json!({ "type": "integer", "minimum": 1, "maximum": most }),
            Self::OneOf(words) => json!({ "type": "string", "enum": words }),
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Text => "chữ".to_owned(),
            Self::UpTo(most) => format!("số nguyên từ 1 đến {most}"),
            Self::OneOf(words) => format!("một trong: {}", words.join(", ")),
        }
    }
}

/// The schema of a struct.
pub fn of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}
